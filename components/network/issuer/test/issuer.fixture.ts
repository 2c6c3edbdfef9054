import { type Plan, planProgram } from "../../../../tools/plan/index.ts";
import { Issuer, type IssuerArgs } from "../index.ts";

/** Valid arguments of an issuer. */
export const base: IssuerArgs = {
  settings: {
    secondFactor: "required",
    threatProtection: "enforced",
    selfRegistration: false,
    logRetentionDays: 90,
  },
  poolName: "task-prod",
  domainPrefix: "acme-task-prod",
  audience: "https://api.acme.com",
  scopes: { "tasks:read": "See your tasks", "tasks:write": "Change your tasks" },
  callbackUrls: ["https://app.acme.com/signed-in"],
  logoutUrls: ["https://app.acme.com/"],
  region: "us-east-1",
  removal: "retain-data",
  logKeyArn: "key-logs",
};

type Changes = Partial<Omit<IssuerArgs, "settings">> & { settings?: Partial<IssuerArgs["settings"]> };

/** The plan of the block alone. */
export function planIssuer(changes: Changes = {}): Promise<Plan> {
  const args = { ...base, ...changes, settings: { ...base.settings, ...changes.settings } };
  return planProgram(() => {
    const { issuer, jwksUrl, audience, clientId, signInUrl, userPoolArn } = new Issuer("issuer", args);
    return { issuer, jwksUrl, audience, clientId, signInUrl, userPoolArn };
  });
}
