import { expect, test } from "vitest";
import { planIssuer } from "./test/issuer.fixture.ts";

const poolType = "aws:cognito/userPool:UserPool";
const clientType = "aws:cognito/userPoolClient:UserPoolClient";
const riskType = "aws:cognito/riskConfiguration:RiskConfiguration";

test("Accounts have a verified address, a long password and an app as second factor, and no recovery by text message", async () => {
  const pool = (await planIssuer()).one(poolType);
  expect(pool.inputs).toEqual({
    name: "task-prod",
    userPoolTier: "PLUS",
    deletionProtection: "ACTIVE",
    usernameAttributes: ["email"],
    usernameConfiguration: { caseSensitive: false },
    schemas: [
      {
        name: "email",
        attributeDataType: "String",
        required: true,
        mutable: true,
        stringAttributeConstraints: { minLength: "0", maxLength: "2048" },
      },
    ],
    autoVerifiedAttributes: ["email"],
    userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
    passwordPolicy: {
      minimumLength: 14,
      requireLowercase: true,
      requireUppercase: true,
      requireNumbers: true,
      requireSymbols: true,
      passwordHistorySize: 24,
      temporaryPasswordValidityDays: 3,
    },
    mfaConfiguration: "ON",
    softwareTokenMfaConfiguration: { enabled: true },
    accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
    deviceConfiguration: { challengeRequiredOnNewDevice: false, deviceOnlyRememberedOnUserPrompt: true },
    adminCreateUserConfig: { allowAdminCreateUserOnly: true },
    emailConfiguration: { emailSendingAccount: "COGNITO_DEFAULT" },
    userPoolAddOns: { advancedSecurityMode: "ENFORCED" },
  });
});

test.each([
  ["remove", "INACTIVE", false],
  ["retain-data", "ACTIVE", true],
  ["retain-all", "ACTIVE", true],
] as const)(
  "With removal %s deletion protection is %s and the options protect and retain are %s",
  async (removal, protection, kept) => {
    const { inputs, options } = (await planIssuer({ removal })).one(poolType);
    expect(inputs.deletionProtection).toBe(protection);
    expect([options.protect, options.retainOnDelete]).toEqual([kept, kept]);
  },
);

test("Browsers have a public client with the code flow, tokens of one hour, and refresh tokens of a working day", async () => {
  const plan = await planIssuer();
  expect(plan.one(clientType).inputs).toEqual({
    name: "task-prod",
    userPoolId: plan.one(poolType).id,
    generateSecret: false,
    allowedOauthFlowsUserPoolClient: true,
    allowedOauthFlows: ["code"],
    allowedOauthScopes: [
      "openid",
      "email",
      "https://api.acme.com/tasks:read",
      "https://api.acme.com/tasks:write",
    ],
    callbackUrls: ["https://app.acme.com/signed-in"],
    logoutUrls: ["https://app.acme.com/"],
    supportedIdentityProviders: ["COGNITO"],
    explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
    preventUserExistenceErrors: "ENABLED",
    enableTokenRevocation: true,
    accessTokenValidity: 60,
    idTokenValidity: 60,
    refreshTokenValidity: 12,
    tokenValidityUnits: { accessToken: "minutes", idToken: "minutes", refreshToken: "hours" },
    refreshTokenRotation: { feature: "ENABLED", retryGracePeriodSeconds: 10 },
    readAttributes: ["email", "email_verified"],
    writeAttributes: ["email"],
  });
});

test("The API is a resource server with its address as identifier and a scope for each kind of access", async () => {
  const plan = await planIssuer();
  expect(plan.one("aws:cognito/resourceServer:ResourceServer").inputs).toEqual({
    userPoolId: plan.one(poolType).id,
    identifier: "https://api.acme.com",
    name: "task-prod",
    scopes: [
      { scopeName: "tasks:read", scopeDescription: "See your tasks" },
      { scopeName: "tasks:write", scopeDescription: "Change your tasks" },
    ],
  });
});

test("The sign-in pages are managed login version 2, which puts the requested resource into a token", async () => {
  const plan = await planIssuer();
  const userPoolId = plan.one(poolType).id;
  expect(plan.one("aws:cognito/userPoolDomain:UserPoolDomain").inputs).toEqual({
    userPoolId,
    domain: "acme-task-prod",
    managedLoginVersion: 2,
  });
  expect(plan.one("aws:cognito/managedLoginBranding:ManagedLoginBranding").inputs).toEqual({
    userPoolId,
    clientId: plan.one(clientType).id,
    useCognitoProvidedValues: true,
  });
});

test("Leaked passwords and high-risk sign-ins are blocked, and sign-ins with a lower risk need the second factor", async () => {
  const plan = await planIssuer();
  expect(plan.one(riskType).inputs).toEqual({
    userPoolId: plan.one(poolType).id,
    compromisedCredentialsRiskConfiguration: { actions: { eventAction: "BLOCK" } },
    accountTakeoverRiskConfiguration: {
      actions: {
        highAction: { eventAction: "BLOCK", notify: false },
        mediumAction: { eventAction: "MFA_REQUIRED", notify: false },
        lowAction: { eventAction: "MFA_IF_CONFIGURED", notify: false },
      },
    },
  });
});

test.each([
  ["enforced", "PLUS", "ENFORCED", 1, ["userNotification", "userAuthEvents"]],
  ["recorded", "PLUS", "AUDIT", 0, ["userNotification", "userAuthEvents"]],
  ["off", "ESSENTIALS", "OFF", 0, ["userNotification"]],
] as const)(
  "Threat protection %s uses plan %s in mode %s with %d risk configurations and logs %j",
  async (threatProtection, tier, mode, rules, logged) => {
    const plan = await planIssuer({ settings: { threatProtection } });
    const { inputs } = plan.one(poolType);
    expect(inputs.userPoolTier).toBe(tier);
    expect(inputs.userPoolAddOns).toEqual({ advancedSecurityMode: mode });
    expect(plan.all(riskType)).toHaveLength(rules);
    const { logConfigurations } = plan.one("aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration")
      .inputs as { logConfigurations: { eventSource: string }[] };
    expect(logConfigurations.map(({ eventSource }) => eventSource)).toEqual(logged);
  },
);

test("Sign-ins are logged to an encrypted group with the retention of the settings", async () => {
  const plan = await planIssuer();
  const group = plan.one("aws:cloudwatch/logGroup:LogGroup");
  expect(group.inputs).toEqual({
    namePrefix: "/aws/vendedlogs/cognito/issuer-",
    retentionInDays: 90,
    kmsKeyId: "key-logs",
  });
  const { logConfigurations } = plan.one("aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration")
    .inputs as { logConfigurations: unknown[] };
  expect(logConfigurations[1]).toEqual({
    eventSource: "userAuthEvents",
    logLevel: "INFO",
    cloudWatchLogsConfiguration: { logGroupArn: group.outputs.arn },
  });
});

test("With self-registration mails come from our own sender, and the second factor can be optional", async () => {
  const mail = { identityArn: "identity", from: "Tasks <no-reply@acme.com>" };
  const { inputs } = (
    await planIssuer({ mail, settings: { selfRegistration: true, secondFactor: "optional" } })
  ).one(poolType);
  expect(inputs.adminCreateUserConfig).toEqual({ allowAdminCreateUserOnly: false });
  expect(inputs.mfaConfiguration).toBe("OPTIONAL");
  expect(inputs.emailConfiguration).toEqual({
    emailSendingAccount: "DEVELOPER",
    sourceArn: "identity",
    fromEmailAddress: "Tasks <no-reply@acme.com>",
  });
});

test("The outputs for checking tokens have the values that Cognito publishes", async () => {
  const plan = await planIssuer();
  const pool = plan.one(poolType);
  const issuer = `https://cognito-idp.us-east-1.amazonaws.com/${pool.id}`;
  expect(plan.outputs).toEqual({
    issuer,
    jwksUrl: `${issuer}/.well-known/jwks.json`,
    audience: "https://api.acme.com",
    clientId: plan.one(clientType).id,
    signInUrl: "https://acme-task-prod.auth.us-east-1.amazoncognito.com",
    userPoolArn: pool.outputs.arn,
  });
});
