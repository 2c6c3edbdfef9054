import {
  absent,
  atLeast,
  between,
  custom,
  customKey,
  hardened,
  isTrue,
  list,
  never,
  oneOf,
  type Plain,
  property,
  type Rule,
  record,
  text,
} from "../../kit/index.ts";

const template = "aws:ec2/launchTemplate:LaunchTemplate";

const disks = "blockDeviceMappings[].ebs";

export const launchTemplateRules: readonly Rule[] = [
  property({
    id: "template-without-key-pair",
    controls: ["NG-02"],
    severity: "high",
    types: [template],
    path: "keyName",
    is: absent("operator"),
    missingIs: "right",
    whatToDo: "remove it: operators use Session Manager",
  }),
  property({
    id: "template-metadata-by-token",
    controls: ["NG-03"],
    severity: "high",
    types: [template],
    path: "metadataOptions.httpTokens",
    is: oneOf("required"),
    whatToDo: "set required: otherwise a request forged through a pod can read the credentials of the node",
  }),
  property({
    id: "template-metadata-stated",
    controls: ["NG-03"],
    severity: "high",
    types: [template],
    path: "metadataOptions.httpEndpoint",
    is: oneOf("enabled", "disabled"),
    whatToDo: "state it beside httpTokens: some providers ignore the rest without it",
  }),
  property({
    id: "template-metadata-one-hop",
    controls: ["NG-03"],
    severity: "high",
    types: [template],
    path: "metadataOptions.httpPutResponseHopLimit",
    is: between(1, 1),
    whatToDo: "set 1: pods have a pod identity and must not reach the credentials of the node",
  }),
  property({
    id: "template-disks-encrypted",
    controls: ["NG-05"],
    severity: "high",
    types: [template],
    path: `${disks}.encrypted`,
    is: isTrue,
    whatToDo: "encrypt every mapping",
  }),
  property({
    id: "template-disks-own-key",
    controls: ["NG-06"],
    severity: "low",
    environments: hardened,
    types: [template],
    path: `${disks}.kmsKeyId`,
    is: customKey,
    whatToDo: "give it the key of the disks",
  }),
  property({
    id: "template-without-public-address",
    controls: ["NG-07"],
    severity: "high",
    types: [template],
    path: "networkInterfaces[].associatePublicIpAddress",
    is: {
      allowed: '"false"',
      holds: (value) => value === "false" || value === false,
      right: "false",
      wrong: "true",
    },
    missingIs: "right",
    whatToDo: "leave it out",
  }),
  property({
    id: "template-monitored-by-minute",
    controls: ["NG-08"],
    severity: "low",
    environments: ["prod"],
    types: [template],
    path: "monitoring.enabled",
    is: isTrue,
    whatToDo: "turn it on: metrics of five minutes hide peaks of one minute",
  }),
  custom({
    id: "template-tags-what-it-starts",
    controls: ["NG-17"],
    severity: "low",
    types: [template],
    whatToDo: "tag instance, volume and network-interface: default tags of the provider do not reach them",
    check: ({ tagSpecifications }) => {
      const tagged = list(tagSpecifications)
        .map(record)
        .filter(({ tags }) => Object.keys(record(tags)).length > 0)
        .map(({ resourceType }) => text(resourceType));
      return ["instance", "volume", "network-interface"]
        .filter((kind) => !tagged.includes(kind))
        .map((kind) => `tagSpecifications: got none for ${kind}; allowed: the mandatory tags`);
    },
    pass: tagged("instance", "volume", "network-interface"),
    fail: tagged("instance"),
  }),
  property({
    id: "template-disks-gp3",
    controls: ["NG-22"],
    severity: "low",
    types: [template],
    path: `${disks}.volumeType`,
    is: oneOf("gp3"),
    whatToDo: "set gp3: cheaper than gp2 and as fast at any size",
  }),
  property({
    id: "template-disks-roomy",
    controls: ["NG-22"],
    severity: "low",
    types: [template],
    path: `${disks}.volumeSize`,
    is: atLeast(50),
    whatToDo: "use 50 GiB or more: images fill a smaller disk, and the kubelet then evicts pods",
  }),
  property({
    id: "template-disks-end-with-node",
    controls: ["NG-22"],
    severity: "low",
    types: [template],
    path: `${disks}.deleteOnTermination`,
    is: isTrue,
    whatToDo: "set it: the disks of deleted nodes cost money",
  }),
  never({
    id: "template-not-configuration",
    controls: ["NG-16"],
    severity: "low",
    types: ["aws:ec2/launchConfiguration:LaunchConfiguration"],
    whatToDo: "use a launch template: AWS ended launch configurations",
  }),
];

function tagged(...kinds: readonly string[]): Plain {
  return {
    tagSpecifications: kinds.map((resourceType) => ({ resourceType, tags: { Project: "task-platform" } })),
  };
}
