import type { GeneratedFile } from "../../../src/generated-file.ts";
import type { Model, Service } from "../../../src/model/model.ts";
import { manifestFile } from "../manifest.ts";
import { check, checkPolicy } from "./check.ts";
import { config } from "./config.ts";
import { deployment } from "./deployment.ts";
import { networkPolicy } from "./network.ts";
import { autoscaler, disruptionBudget } from "./scaling.ts";
import { service, serviceAccount, serviceMonitor } from "./service.ts";

/** The folder of one service. */
export function serviceFiles(model: Model, it: Service): readonly GeneratedFile[] {
  const { http, scale } = it;
  const scraped = model.platform.prometheus === null ? null : (http?.metrics ?? null);
  const file = `${model.paths.kubernetes}/${it.name}/${it.name}`;
  return [
    ...manifestFile(`${file}-config.yaml`, config(model, it)),
    ...manifestFile(`${file}-deployment.yaml`, [serviceAccount(model, it), deployment(model, it)]),
    ...manifestFile(`${file}-network.yaml`, [networkPolicy(model, it)]),
    ...manifestFile(`${file}-scaling.yaml`, [
      ...(scale ? [autoscaler(model, it, scale)] : []),
      ...(it.maxPods > 1 ? [disruptionBudget(model, it)] : []),
    ]),
    ...manifestFile(`${file}-service.yaml`, [
      ...(http ? [service(model, it, http)] : []),
      ...(scraped !== null ? [serviceMonitor(model, it, scraped)] : []),
    ]),
    ...manifestFile(`${file}-check.yaml`, http ? [check(model, it, http), checkPolicy(model, it, http)] : []),
  ];
}
