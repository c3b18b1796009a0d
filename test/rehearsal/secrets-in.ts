/** `abcdef.0123456789abcdef`. A random one has a digit after the point, but for one in 200; names with a point have none. */
const token = /(?<![\w.-])[a-z0-9]{6}\.(?=[a-z]*\d)[a-z0-9]{16}(?![\w.-])/g;

/** The key of `kubeadm init phase upload-certs`: 32 bytes. So is a checksum, and get_url prints those that differ. */
const certificateKey = /(?<![0-9a-f:])[0-9a-f]{64}(?![0-9a-f])/g;
const differingChecksums = /did\s+not\s+match\s+[0-9a-f]{64};\s+it\s+was\s+[0-9a-f]{64}/g;

/** What looks like a bootstrap token or a certificate key in what Ansible printed, and the encryption key, if it is there. */
export function secretsIn(output: string, encryptionKey: string): string[] {
  const text = output.replaceAll(differingChecksums, "");
  const found = [...(text.match(token) ?? []), ...(text.match(certificateKey) ?? [])];
  return text.includes(encryptionKey) ? [...found, encryptionKey] : found;
}
