/** Makes kinds of edits that set or remove something, somewhere in the topology. */
export type Map = Record<string, any>; // eslint-disable-line -- the edits write into a topology that has no type any more
export type Next = () => number;
/** Does one thing to the topology, and says what; null where it cannot be done. */
export type Kind = (topology: Map, next: Next) => string | null;

export function pick<Item>(next: Next, items: readonly Item[]): Item {
  return items[Math.floor(next() * items.length)] as Item;
}

export function below(next: Next, limit: number): number {
  return Math.floor(next() * limit);
}

export function nameIn(next: Next, map: Map): string {
  return pick(next, Object.keys(map));
}

/** Sets a member of a thing of the topology to one of some values. */
export function sets(of: string, member: string, values: (next: Next) => unknown): Kind {
  return (topology, next) => {
    const name = nameIn(next, topology[of]);
    const value = values(next);
    topology[of][name][member] = value;
    return `${of}.${name}.${member} = ${JSON.stringify(value)}`;
  };
}

export function setsHttp(member: string, values: (next: Next) => unknown): Kind {
  return (topology, next) => {
    const services = Object.entries<Map>(topology["services"]).filter(([, { http }]) => http);
    const [name, { http }] = pick(next, services) as [string, Map];
    http[member] = values(next);
    return `services.${name}.http.${member} = ${JSON.stringify(http[member])}`;
  };
}

/** Sets a member of a part of the topology that there is once. */
export function setsIn(part: string, member: string, ...values: readonly unknown[]): Kind {
  return (topology, next) => {
    const value = pick(next, values);
    topology[part] = { ...topology[part], [member]: value };
    return `${part}.${member} = ${JSON.stringify(value)}`;
  };
}

export function setsItself(key: string, ...values: readonly unknown[]): Kind {
  return (topology, next) => `${key} = ${String((topology[key] = pick(next, values)))}`;
}

/** Sets a member of one node of a group. */
export function setsMember(member: string, values: (next: Next) => unknown): Kind {
  return (topology, next) => {
    const name = nameIn(next, topology["nodes"]);
    const number = String(1 + below(next, topology["nodes"][name].count ?? 1));
    const value = values(next);
    const members = { ...topology["nodes"][name].members };
    topology["nodes"][name].members = { ...members, [number]: { ...members[number], [member]: value } };
    return `nodes.${name}.members.${number}.${member} = ${String(value)}`;
  };
}

/** Removes a thing and every mention of it in `uses`. */
export function removes(of: string): Kind {
  return (topology, next) => {
    const name = nameIn(next, topology[of]);
    delete topology[of][name];
    for (const service of Object.values<Map>(topology["services"])) {
      if (service["uses"]) service["uses"] = service["uses"].filter((used: string) => used !== name);
    }
    return `without ${of}.${name}`;
  };
}
