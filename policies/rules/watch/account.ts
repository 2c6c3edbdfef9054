import {
  custom,
  isTrue,
  kebabCase,
  list,
  mismatch,
  oneOf,
  property,
  publicAccessFlags,
  type Rule,
  read,
  text,
  unless,
} from "../../kit/index.ts";

const feature = "aws:guardduty/detectorFeature:DetectorFeature";
const onlyProd = ["prod"] as const;

/** What Runtime Monitoring installs its agent by. */
const agentNames = ["EKS_ADDON_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT", "EC2_AGENT_MANAGEMENT"] as const;

export const accountRules: readonly Rule[] = [
  property({
    id: "detector-on",
    controls: ["ACC-01"],
    severity: "high",
    environments: onlyProd,
    types: ["aws:guardduty/detector:Detector"],
    path: "enable",
    is: isTrue,
    missingIs: "right",
    whatToDo: "leave it on",
  }),
  property({
    id: "detector-features-on",
    controls: ["ACC-02", "ACC-03"],
    severity: "high",
    environments: onlyProd,
    types: [feature],
    path: "status",
    is: oneOf("ENABLED"),
    whatToDo: "turn it on",
  }),
  custom({
    id: "detector-watches-running-pods",
    controls: ["ACC-02"],
    severity: "high",
    environments: onlyProd,
    types: [feature],
    missingIs: "right",
    whatToDo: "let GuardDuty manage its add-on",
    check: ({ name, additionalConfigurations }) =>
      name === "RUNTIME_MONITORING" &&
      !list(additionalConfigurations).some(
        (one) => read(one, "name") === "EKS_ADDON_MANAGEMENT" && read(one, "status") === "ENABLED",
      )
        ? [mismatch("additionalConfigurations", additionalConfigurations, "EKS_ADDON_MANAGEMENT")]
        : [],
    pass: {
      name: "RUNTIME_MONITORING",
      status: "ENABLED",
      additionalConfigurations: agentNames.map((name) => ({ name, status: "ENABLED" })),
    },
    fail: { name: "RUNTIME_MONITORING", status: "ENABLED" },
  }),
  custom({
    id: "detector-declares-agents",
    controls: ["ACC-02"],
    severity: "medium",
    types: [feature],
    missingIs: "right",
    whatToDo:
      "declare all three: GuardDuty returns them all, and a difference replaces the feature at every deploy",
    check: ({ name, additionalConfigurations }) => {
      if (name !== "RUNTIME_MONITORING") return [];
      const declared = list(additionalConfigurations).map((one) => text(read(one, "name")));
      return unless(
        agentNames.every((agent) => declared.includes(agent)),
        mismatch("additionalConfigurations", declared, agentNames.join(", ")),
      );
    },
    pass: {
      name: "RUNTIME_MONITORING",
      additionalConfigurations: agentNames.map((name) => ({ name, status: "DISABLED" })),
    },
    fail: {
      name: "RUNTIME_MONITORING",
      additionalConfigurations: [{ name: "EKS_ADDON_MANAGEMENT", status: "ENABLED" }],
    },
  }),
  custom({
    id: "recorder-records-all",
    controls: ["ACC-05"],
    severity: "medium",
    environments: onlyProd,
    types: ["aws:cfg/recorder:Recorder"],
    whatToDo: "record every type, global ones too",
    check: ({ recordingGroup }) =>
      unless(
        read(recordingGroup, "allSupported") === true &&
          read(recordingGroup, "includeGlobalResourceTypes") === true,
        mismatch("recordingGroup", recordingGroup, "allSupported with global types"),
      ),
    pass: { recordingGroup: { allSupported: true, includeGlobalResourceTypes: true } },
    fail: { recordingGroup: { allSupported: false } },
  }),
  property({
    id: "analyzer-of-account",
    controls: ["ACC-06"],
    severity: "low",
    environments: onlyProd,
    types: ["aws:accessanalyzer/analyzer:Analyzer"],
    path: "type",
    is: oneOf("ACCOUNT", "ORGANIZATION"),
    missingIs: "right",
    whatToDo: "analyse the account",
  }),
  custom({
    id: "inspector-of-images-and-nodes",
    controls: ["ACC-07"],
    severity: "high",
    environments: onlyProd,
    types: ["aws:inspector2/enabler:Enabler"],
    whatToDo: "inspect EC2 and ECR",
    check: ({ resourceTypes }) =>
      ["EC2", "ECR"]
        .filter((kind) => !list(resourceTypes).includes(kind))
        .map((kind) => `resourceTypes: got no ${kind}`),
    pass: { resourceTypes: ["EC2", "ECR"] },
    fail: { resourceTypes: ["EC2"] },
  }),
  property({
    id: "account-disks-encrypted",
    controls: ["ACC-08"],
    severity: "medium",
    environments: onlyProd,
    types: ["aws:ebs/encryptionByDefault:EncryptionByDefault"],
    path: "enabled",
    is: isTrue,
    missingIs: "right",
    whatToDo: "leave it on",
  }),
  property({
    id: "account-snapshots-private",
    controls: ["ACC-09"],
    severity: "high",
    environments: onlyProd,
    types: ["aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess"],
    path: "state",
    is: oneOf("block-all-sharing"),
    whatToDo: "block all sharing",
  }),
  property({
    id: "account-metadata-by-token",
    controls: ["ACC-10"],
    severity: "medium",
    environments: onlyProd,
    types: ["aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults"],
    path: "httpTokens",
    is: oneOf("required"),
    whatToDo: "set required",
  }),
  ...publicAccessFlags.map((path) =>
    property({
      id: `account-buckets-${kebabCase(path)}`,
      controls: ["S3-02"],
      severity: "medium",
      environments: onlyProd,
      types: ["aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"],
      path,
      is: isTrue,
      whatToDo: "set all four flags",
    }),
  ),
  custom({
    id: "account-passwords-long",
    controls: ["IAM-19"],
    severity: "low",
    environments: onlyProd,
    types: ["aws:iam/accountPasswordPolicy:AccountPasswordPolicy"],
    whatToDo: "require 14 characters of all classes, remember 24 passwords, expire them after 90 days",
    check: (inputs) => [
      ...unless(
        Number(inputs.minimumPasswordLength) >= 14,
        mismatch("minimumPasswordLength", inputs.minimumPasswordLength, "14 or more"),
      ),
      ...unless(
        Number(inputs.passwordReusePrevention) >= 24,
        mismatch("passwordReusePrevention", inputs.passwordReusePrevention, "24"),
      ),
      ...unless(
        Number(inputs.maxPasswordAge) > 0 && Number(inputs.maxPasswordAge) <= 90,
        mismatch("maxPasswordAge", inputs.maxPasswordAge, "1 to 90"),
      ),
      ...["requireLowercaseCharacters", "requireUppercaseCharacters", "requireNumbers", "requireSymbols"]
        .filter((flag) => text(inputs[flag]) !== "true")
        .map((flag) => mismatch(flag, inputs[flag], "true")),
    ],
    pass: passwords(14),
    fail: passwords(8),
  }),
];

function passwords(minimumPasswordLength: number) {
  return {
    minimumPasswordLength,
    passwordReusePrevention: 24,
    maxPasswordAge: 90,
    requireLowercaseCharacters: true,
    requireUppercaseCharacters: true,
    requireNumbers: true,
    requireSymbols: true,
  };
}
