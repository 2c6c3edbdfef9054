import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const groupType = "test:engine:Group";

/**
 * A component that only a transform protects. The SDK passes its own options to children, and knows nothing of what a
 * transform changed; so its children are protected only if the engine, or the plan in its place, passes the option on.
 */
class Group extends pulumi.ComponentResource {
  constructor(name: string, provider: aws.Provider) {
    const protectSelf: pulumi.ResourceTransform = ({ type, props, opts }) =>
      type === groupType ? { props, opts: { ...opts, protect: true, retainOnDelete: true } } : undefined;
    super(groupType, name, {}, { provider, transforms: [protectSelf] });
    // Its transform sees the inherited option, because options are inherited before transforms run.
    const release: pulumi.ResourceTransform = ({ props, opts }) =>
      opts.protect === true ? { props, opts: { ...opts, protect: false } } : undefined;
    new aws.sns.Topic("kept", { name: "kept" }, { parent: this });
    new aws.sns.Topic("released", { name: "released" }, { parent: this, transforms: [release] });
  }
}

export function program(): Record<string, unknown> {
  new Group("group", new aws.Provider("home", { region: "eu-west-1", allowedAccountIds: ["222222222222"] }));
  return {};
}
