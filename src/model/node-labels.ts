/** The labels by which workloads find their nodes. */
export const GROUP_LABEL = "node-group";
export const ROLE_LABEL = "node-role";
