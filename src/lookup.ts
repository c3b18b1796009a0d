/** The value of a key that the map itself has: a name such as `constructor` finds nothing that every object inherits. */
export function lookup<T>(map: Readonly<Record<string, T>> | undefined, key: string | number): T | undefined {
  return map && Object.hasOwn(map, key) ? map[key] : undefined;
}
