// A process that stands in for the plugin of `eks.Cluster`: like the plugin, a Node program on the SDK that makes the children.
import * as pulumi from "@pulumi/pulumi";
import { ClusterComponent, type ClusterInputs } from "./cluster.ts";

const [version = "", ...rest] = process.argv.slice(2);

await pulumi.provider.main(
  {
    version,
    schema: "{}",
    construct: async (name, type, inputs: pulumi.Inputs, options) => {
      if (type !== "eks:index:Cluster") throw new Error(`the stand-in of eks makes no ${type}`);
      const component = new ClusterComponent(name, inputs as ClusterInputs, options);
      return { urn: component.urn, state: component.state };
    },
  },
  rest,
);
