/** `250m`, `2` or 2 as thousandths of a processor. */
export function milliCpu(quantity: string | number): number {
  if (typeof quantity === "number") return quantity * 1000;
  return quantity.endsWith("m") ? Number(quantity.slice(0, -1)) : Number(quantity) * 1000;
}

/** `512Mi` or `2Gi` as MiB. */
export function mebibytes(quantity: string): number {
  const amount = Number(quantity.slice(0, -2));
  return quantity.endsWith("Gi") ? amount * 1024 : amount;
}

/** `50Gi` as GiB. */
export function gibibytes(quantity: string): number {
  return Number(quantity.slice(0, -2));
}
