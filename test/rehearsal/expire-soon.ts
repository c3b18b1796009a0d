import * as assert from "uvu/assert";
import type { Rehearsal } from "./rehearsal.ts";

/** Puts a certificate that ends in ten days in the place of one of kubeadm's: the same name, the same key. */
export async function expireSoon(cluster: Rehearsal, host: string, name: string): Promise<void> {
  const script = `
    cd /etc/kubernetes/pki
    openssl x509 -in ${name}.crt -signkey ${name}.key -x509toreq -out ${name}.csr
    openssl x509 -req -in ${name}.csr -CA ca.crt -CAkey ca.key -set_serial 1 -days 10 -out ${name}.crt \\
      -extfile <(echo extendedKeyUsage=clientAuth)
    rm ${name}.csr`;
  const { code, stderr } = await cluster.on(host, ["bash", "-ec", script]);
  assert.is(code, 0, stderr);
}
