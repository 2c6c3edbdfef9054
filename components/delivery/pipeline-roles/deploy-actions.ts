import type { TypeActions } from "./deploy-calls.ts";
import { choiceActions } from "./deploy-choices.ts";
import { clusterActions } from "./deploy-cluster.ts";
import { dataActions } from "./deploy-data.ts";
import { edgeActions } from "./deploy-edge.ts";
import { networkActions } from "./deploy-network.ts";
import { operationsActions } from "./deploy-operations.ts";

/** What only some pages make, beyond what every environment has. */
export type Choice = keyof typeof choiceActions;

/** Every choice, in the order of its table. */
export const choices = Object.keys(choiceActions) as readonly Choice[];

/** A part of the program with a policy of its own: all in one would be longer than IAM takes. */
export type Area = "network" | "cluster" | "data" | "edge" | "operations" | "choices";

const ofEveryPage: Readonly<Record<Exclude<Area, "choices">, TypeActions>> = {
  network: networkActions,
  cluster: clusterActions,
  data: dataActions,
  edge: edgeActions,
  operations: operationsActions,
};

/** Resource types that a deploy may make, change and remove, by area; roles are in role-statements.ts. */
export function typesOf(choices: readonly Choice[]): Readonly<Record<Area, TypeActions>> {
  const chosen = choices.map((choice): TypeActions => choiceActions[choice]);
  return { ...ofEveryPage, choices: Object.assign({}, ...chosen) as TypeActions };
}

/** The actions of several types, each once, by service and name: equal tables are equal policies. */
export function union(types: TypeActions): readonly string[] {
  return [...new Set(Object.values(types).flat())].toSorted();
}

/** `service:Action` of a table by service. */
export function qualified(table: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return Object.entries(table).flatMap(([service, actions]) =>
    actions.map((action) => `${service}:${action}`),
  );
}
