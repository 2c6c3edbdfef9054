import type { PlannedResource } from "../../tools/plan/index.ts";

/** One order that must hold in every environment, whichever way the program brings it about. */
export interface Order {
  /** Ends of the types of what comes first. */
  readonly before: readonly string[];
  /** Ends of the types of what comes after it. */
  readonly after: readonly string[];
  /** Which pairs the order is about. @default all of these types */
  readonly pairs?: (first: PlannedResource, after: PlannedResource) => boolean;
  /** What goes wrong otherwise. */
  readonly because: string;
}

type Json = Readonly<Record<string, unknown>>;

const metadata = ({ inputs }: PlannedResource) =>
  (inputs.metadata ?? {}) as { name?: string; namespace?: string };
const podSpec = ({ inputs }: PlannedResource) =>
  (((inputs.spec as Json | undefined)?.template as Json | undefined)?.spec ?? {}) as Json;

/** Kinds whose pods run on our nodes. A release brings the pods of its chart. */
const pods = ["apps/v1:Deployment", "batch/v1:Job", "helm.sh/v3:Release"];

/** Namespace in which a resource runs pods or is an object. */
function namespaceOf(resource: PlannedResource): unknown {
  return resource.inputs.namespace ?? metadata(resource).namespace;
}

/** Without these a node does not become ready, or pods get no address and no role: EKS guide, 'Amazon EKS add-ons'. */
const beforeNodes = ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"];
const isEarly = ({ inputs }: PlannedResource) => beforeNodes.includes(String(inputs.addonName));

const sameNamespace = (first: PlannedResource, then: PlannedResource) =>
  namespaceOf(first) !== undefined && namespaceOf(first) === namespaceOf(then);
const sameParent = (first: PlannedResource, then: PlannedResource) => first.parent === then.parent;
const named = (resource: PlannedResource, text: string) => JSON.stringify(resource.inputs).includes(text);

/** Orders that follow from no input, with the harm that each prevents. */
export const orders: readonly Order[] = [
  {
    before: ["eks/addon:Addon"],
    after: ["eks/nodeGroup:NodeGroup"],
    pairs: isEarly,
    because: "a node that boots first gets pods with addresses of the wrong kind and without roles",
  },
  {
    before: ["eks/nodeGroup:NodeGroup"],
    after: ["eks/addon:Addon"],
    pairs: (_, then) => !isEarly(then),
    because: "pods of these add-ons stay pending without a node, and a destroy could not detach volumes",
  },
  {
    before: ["eks/nodeGroup:NodeGroup", "eks/addon:Addon"],
    after: pods,
    because:
      "a pod without a node stays pending, without DNS it finds nothing, without the agent it has no role",
  },
  {
    before: ["cloudwatch/logGroup:LogGroup"],
    after: ["eks/cluster:Cluster"],
    pairs: ({ inputs }) => String(inputs.name).startsWith("/aws/eks/"),
    because: "EKS makes the group itself then, without key and without an end of retention",
  },
  {
    before: ["eks/cluster:Cluster"],
    after: ["eks/accessEntry:AccessEntry", "pulumi:providers:kubernetes"],
    because: "there is no cluster to enter",
  },
  {
    before: ["eks/accessEntry:AccessEntry"],
    after: ["eks/accessPolicyAssociation:AccessPolicyAssociation"],
    pairs: (first, then) => first.inputs.principalArn === then.inputs.principalArn,
    because: "EKS refuses a policy for a principal without an entry",
  },
  {
    before: ["eks/accessPolicyAssociation:AccessPolicyAssociation"],
    after: ["pulumi:providers:kubernetes", "core/v1:Namespace"],
    // The provider that the plugin makes for itself has no objects.
    pairs: (_, then) => !then.urn.includes("eks:index:Cluster$"),
    because: "the API server knows nobody yet, or nobody any more, who may create or delete objects",
  },
  {
    before: ["eks/podIdentityAssociation:PodIdentityAssociation"],
    after: pods,
    pairs: (first, then) =>
      sameNamespace(first, then) && named(then, `"${String(first.inputs.serviceAccount)}"`),
    because: "a pod that starts before the association has no credentials until it is replaced",
  },
  {
    before: [":ValidatingAdmissionPolicyBinding"],
    after: ["apps/v1:Deployment", "batch/v1:Job"],
    because: "the first pods would not be judged",
  },
  {
    before: [":NetworkPolicy", "core/v1:ResourceQuota", "core/v1:LimitRange"],
    after: pods,
    pairs: (first, then) =>
      sameNamespace(first, then) &&
      (sameParent(first, then) ||
        !first.type.endsWith(":NetworkPolicy") ||
        first.name.endsWith("-default-deny")),
    because: "the first pods would talk to everybody and take what they want",
  },
  {
    before: ["batch/v1:Job"],
    after: ["apps/v1:Deployment"],
    because: "a service meets a database without the tables and columns that it uses",
  },
  {
    before: [":ExternalSecret"],
    after: ["apps/v1:Deployment"],
    pairs: (first, then) =>
      JSON.stringify(podSpec(then)).includes(`"secretName":"${String(metadata(first).name)}"`),
    because: "the pod waits for a Secret that nobody makes",
  },
  {
    before: ["helm.sh/v3:Release"],
    after: [":SecretStore", ":ExternalSecret", ":TargetGroupBinding"],
    pairs: (first, then) =>
      (first.inputs.chart === "external-secrets") === then.type.includes("external-secrets.io") &&
      ["external-secrets", "aws-load-balancer-controller"].includes(String(first.inputs.chart)),
    because: "the chart brings the kind; before it the API server knows no such object",
  },
  {
    before: [":SecretStore"],
    after: [":ExternalSecret"],
    because: "the controller has no store to read from, and tries again with growing pauses",
  },
  {
    before: ["secretsmanager/secret:Secret", "secretsmanager/secretPolicy:SecretPolicy"],
    after: [":ExternalSecret"],
    // Every secret of the program's own block is one that the cluster reads.
    pairs: (first) => first.parent.includes("secrets:Secrets"),
    because: "the controller may not read the secret yet",
  },
  {
    before: ["core/v1:Service", "apps/v1:Deployment"],
    after: [":TargetGroupBinding"],
    pairs: (first, then) => named(then, `"${String(metadata(first).name)}"`),
    because: "the controller finds no port to register",
  },
  {
    before: ["s3/bucketPublicAccessBlock:BucketPublicAccessBlock"],
    after: ["s3/bucketPolicy:BucketPolicy"],
    pairs: sameParent,
    because: "a wrong policy would make the bucket public for a moment; S3 refuses both changes at once",
  },
  {
    before: ["s3/bucketVersioning:BucketVersioning"],
    after: ["s3/bucketReplicationConfig:BucketReplicationConfig"],
    pairs: (first, then) => first.name === then.name || first.name === `${then.name}-copy`,
    because: "S3 refuses replication unless both buckets keep versions",
  },
  {
    before: [
      "s3/bucketPolicy:BucketPolicy",
      "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    ],
    after: ["cloudtrail/trail:Trail"],
    pairs: (first, then) => first.name === `${then.name}-trail`,
    because: "CloudTrail writes a test object when it makes the trail",
  },
  {
    before: ["wafv2/webAclRule:WebAclRule"],
    after: ["wafv2/webAclAssociation:WebAclAssociation"],
    pairs: sameParent,
    because: "the load balancer would stand behind a firewall without rules",
  },
  {
    before: ["wafv2/webAclRule:WebAclRule"],
    after: ["cloudfront/distribution:Distribution"],
    pairs: ({ parent }) => parent.endsWith("::distribution"),
    because: "CloudFront would stand behind a firewall without rules",
  },
  {
    before: ["cloudwatch/logResourcePolicy:LogResourcePolicy"],
    after: ["wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"],
    pairs: sameParent,
    because: "WAF may not write into the group yet, and refuses the configuration",
  },
  {
    before: ["ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion"],
    after: ["ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions"],
    because: "the block would cut the load balancer off",
  },
  {
    before: ["cloudwatch/logGroup:LogGroup"],
    after: ["rds/instance:Instance"],
    pairs: (first, then) => sameParent(first, then) && /-logs-(primary|replica)/.test(first.name),
    because: "RDS makes the groups itself then, without key and without an end of retention",
  },
  {
    before: ["route53/record:Record"],
    after: ["route53/healthCheck:HealthCheck"],
    pairs: (first, then) => first.inputs.name === then.inputs.fqdn,
    because: "the first probes would count as failures and page somebody",
  },
  {
    before: ["securityhub/account:Account"],
    after: ["securityhub/standardsSubscription:StandardsSubscription"],
    because: "there is no hub to subscribe to",
  },
];
