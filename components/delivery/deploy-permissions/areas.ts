import { type Choice, choiceActions } from "./choice-actions.ts";
import { clusterActions } from "./cluster-actions.ts";
import { dataActions } from "./data-actions.ts";
import { edgeActions } from "./edge-actions.ts";
import { networkActions } from "./network-actions.ts";
import { operationsActions } from "./operations-actions.ts";
import type { TypeActions } from "./shared-actions.ts";

/** A part of the program with its own policy: one policy for everything would exceed the size limit of IAM. */
export type Area = "network" | "cluster" | "data" | "edge" | "operations" | "choices";

const ofEveryEnvironment: Readonly<Record<Exclude<Area, "choices">, TypeActions>> = {
  network: networkActions,
  cluster: clusterActions,
  data: dataActions,
  edge: edgeActions,
  operations: operationsActions,
};

/** Resource types that a deploy may make, change and remove, by area. Roles are in role-statements.ts. */
export function typesOf(choices: readonly Choice[]): Readonly<Record<Area, TypeActions>> {
  const chosen = choices.map((choice): TypeActions => choiceActions[choice]);
  return { ...ofEveryEnvironment, choices: Object.assign({}, ...chosen) as TypeActions };
}

/** The actions of several types without duplicates, sorted, so that equal tables give equal policies. */
export function actionsOf(types: TypeActions): readonly string[] {
  return [...new Set(Object.values(types).flat())].toSorted();
}
