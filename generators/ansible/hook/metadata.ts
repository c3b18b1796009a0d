/** The namespace that the Job runs in: Argo CD makes it (`Model.namespaces`). */
export const NAMESPACE = "ansible";

/** Names an object of the hook: it is made anew for each run, in the order of the waves. */
export function hookMetadata(name: string, wave: number) {
  return { name, namespace: NAMESPACE, annotations: hookAnnotations(wave) };
}

/** https://argo-cd.readthedocs.io/en/stable/user-guide/resource_hooks/ */
export function hookAnnotations(wave: number) {
  return {
    "argocd.argoproj.io/hook": "PreSync",
    "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation",
    "argocd.argoproj.io/sync-wave": String(wave),
  };
}
