/** The images of the passing tasks, pinned. */
export const CURL_IMAGE = "docker.io/curlimages/curl:8.12.1";
export const AWS_CLI_IMAGE = "public.ecr.aws/aws-cli/aws-cli:2.27.49";
