import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { dataOptions } from "../../base/core/index.ts";
import type { IssuerArgs } from "./args.ts";

/** The user accounts, and the reaction to stolen ones. */
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
      // Essentials is the lowest plan with resources in tokens and a password history. Plus adds threat protection.
      userPoolTier: settings.threatProtection === "off" ? "ESSENTIALS" : "PLUS",
      deletionProtection: args.removal === "remove" ? "INACTIVE" : "ACTIVE",
      // Changing any of these three replaces the pool.
      usernameAttributes: ["email"],
      usernameConfiguration: { caseSensitive: false },
      schemas: [emailSchema],
      autoVerifiedAttributes: ["email"],
      // The old address works until the new one is verified, so a typing error locks nobody out.
      userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
      passwordPolicy,
      mfaConfiguration: settings.secondFactor === "required" ? "ON" : "OPTIONAL",
      // An app and never a text message: phone numbers can be taken over, and messages cost money.
      softwareTokenMfaConfiguration: { enabled: true },
      accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
      // Threat protection needs device tracking. A device challenge would replace the second factor.
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
  // The defaults of Cognito. Without them every plan would replace the pool.
  stringAttributeConstraints: { minLength: "0", maxLength: "2048" },
};

const passwordPolicy = {
  minimumLength: 14, // As the controls require for accounts of people.
  requireLowercase: true,
  requireUppercase: true,
  requireNumbers: true,
  requireSymbols: true,
  passwordHistorySize: 24, // The most that Cognito allows.
  temporaryPasswordValidityDays: 3, // An invitation sent on a Friday works on Monday.
};

function mailOf({ mail }: IssuerArgs): aws.types.input.cognito.UserPoolEmailConfiguration {
  if (mail === undefined) return { emailSendingAccount: "COGNITO_DEFAULT" };
  return { emailSendingAccount: "DEVELOPER", sourceArn: mail.identityArn, fromEmailAddress: mail.from };
}

/** Blocks leaked passwords and high-risk sign-ins. Medium risk requires the second factor, low risk if the user has one. */
function createThreatRules(name: string, pool: aws.cognito.UserPool, parent: pulumi.Resource): void {
  // No mail to the user: it would need an SES identity and adds nothing to the refusal.
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
