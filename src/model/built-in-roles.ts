/** The roles that exist without being written down. */
export const builtInRoles: readonly string[] = ["api", "control-plane", "data", "monitoring", "storage", "worker"];
