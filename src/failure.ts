/** Why a run could not go on: what the machine refuses is told in a sentence; anything else is a bug of ours. */
export function failureText(error: NodeJS.ErrnoException): string {
  const { code, path, syscall, message, stack } = error;
  const refusal = refusals[code ?? ""];
  if (refusal) return `${path ?? syscall}: ${refusal}`;
  return code === undefined ? `this is a bug in topogen, please report it.\n${stack}` : message;
}

/** What the machine refuses, and what to do. */
const refusals: Readonly<Record<string, string>> = {
  EACCES: "permission denied. See with `ls -l` whose it is; nothing was written.",
  EPERM: "the system does not permit it; nothing was written.",
  EROFS: "the file system can only be read; nothing was written.",
  ENOSPC: "the disk is full. Make room and run it again.",
};
