import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { dataOptions } from "../../base/core/index.ts";
import type { IssuerArgs } from "./issuer.ts";

/** The accounts, and what the service does about stolen ones. */
export function createUserPool(
  name: string,
  args: IssuerArgs,
  parent: pulumi.Resource,
): aws.cognito.UserPool {
  const { settings } = args;
  const pool = new aws.cognito.UserPool(
    name,
    {
      name: args.poolName,
      // Essentials is the least that puts a resource into a token and remembers passwords; Plus looks at threats.
      userPoolTier: settings.threatProtection === "off" ? "ESSENTIALS" : "PLUS",
      deletionProtection: args.removal === "remove" ? "INACTIVE" : "ACTIVE",
      // None of the three can be changed later; a pool with other ones is another pool.
      usernameAttributes: ["email"],
      usernameConfiguration: { caseSensitive: false },
      schemas: [emailSchema],
      autoVerifiedAttributes: ["email"],
      // The old address works until the new one is proven, so a typing error locks nobody out.
      userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
      passwordPolicy,
      mfaConfiguration: settings.secondFactor === "required" ? "ON" : "OPTIONAL",
      // An app, never a text message: numbers are taken over, and messages cost.
      softwareTokenMfaConfiguration: { enabled: true },
      accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
      // Devices are told apart, which threat protection needs. A challenge of their own would replace the second factor.
      deviceConfiguration: { challengeRequiredOnNewDevice: false, deviceOnlyRememberedOnUserPrompt: true },
      adminCreateUserConfig: { allowAdminCreateUserOnly: !settings.selfRegistration },
      emailConfiguration: mailOf(args),
      userPoolAddOns: { advancedSecurityMode: securityModes[settings.threatProtection] },
    },
    { parent, ...dataOptions(args.removal) },
  );
  if (settings.threatProtection === "enforced") createThreatRules(name, pool, parent);
  return pool;
}

const securityModes = { enforced: "ENFORCED", recorded: "AUDIT", off: "OFF" } as const;

const emailSchema = {
  name: "email",
  attributeDataType: "String",
  required: true,
  mutable: true,
  // What Cognito fills in; left out, every plan would want to replace the pool.
  stringAttributeConstraints: { minLength: "0", maxLength: "2048" },
};

const passwordPolicy = {
  minimumLength: 14, // As the controls ask for accounts of people.
  requireLowercase: true,
  requireUppercase: true,
  requireNumbers: true,
  requireSymbols: true,
  passwordHistorySize: 24, // The most Cognito remembers.
  temporaryPasswordValidityDays: 3, // An invitation sent on a Friday works on Monday.
};

function mailOf({ mail }: IssuerArgs): aws.types.input.cognito.UserPoolEmailConfiguration {
  if (mail === undefined) return { emailSendingAccount: "COGNITO_DEFAULT" };
  return { emailSendingAccount: "DEVELOPER", sourceArn: mail.identityArn, fromEmailAddress: mail.from };
}

/** Passwords known from leaks never work; a takeover is stopped where it is sure, and asked for a factor where it may be one. */
function createThreatRules(name: string, pool: aws.cognito.UserPool, parent: pulumi.Resource): void {
  // Without mails to the person: they need an SES identity, and say nothing that a refusal does not.
  const act = (eventAction: string) => ({ eventAction, notify: false });
  new aws.cognito.RiskConfiguration(
    name,
    {
      userPoolId: pool.id,
      compromisedCredentialsRiskConfiguration: { actions: { eventAction: "BLOCK" } },
      accountTakeoverRiskConfiguration: {
        actions: {
          highAction: act("BLOCK"),
          mediumAction: act("MFA_REQUIRED"),
          lowAction: act("MFA_IF_CONFIGURED"),
        },
      },
    },
    { parent },
  );
}
