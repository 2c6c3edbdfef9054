import type { Model } from "../model.ts";
import type { Expectation } from "../types.ts";
import { metrics } from "./metrics.ts";
import { apiServer, images, tokens } from "./nodes.ts";
import { clients, controllers, dependencies, names } from "./pods.ts";

/** Paths that must exist. They follow from the plan: a variable with the address of a store makes a pod its client. */
export function mustReach(model: Model): readonly Expectation[] {
  return [
    ...metrics(model),
    ...images(model),
    ...tokens(model),
    ...names(model),
    ...dependencies(model),
    ...controllers(model),
    ...apiServer(model),
    ...clients(model),
  ];
}
