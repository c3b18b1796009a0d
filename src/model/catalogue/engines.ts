import type { Engine } from "../../topology.ts";

/**
 * The versions of each engine that topogen's manifests are made for, by major (PostgreSQL) or minor. Their official images:
 * https://github.com/docker-library/official-images/tree/master/library
 */
export const engineVersions: Readonly<Record<Engine, readonly string[]>> = {
  postgresql: ["14", "15", "16", "17"],
  redis: ["7.2", "7.4", "8.0", "8.2"],
  rabbitmq: ["3.13", "4.0", "4.1", "4.2"],
};

/**
 * What each engine needs to start with the configuration that topogen writes, in MiB; RabbitMQ's number is its own:
 * https://www.rabbitmq.com/docs/production-checklist#resource-limits-ram
 */
export const leastMemory: Readonly<Record<Engine, number>> = { postgresql: 128, redis: 64, rabbitmq: 256 };
