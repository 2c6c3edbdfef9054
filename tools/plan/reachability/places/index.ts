export { callersOf, controlPlaneOf, nodeAddresses, nodesOf, operatorsOf, publicApi } from "./nodes.ts";
export { addonPods, chartPods, type PodPlace, podsOf } from "./pods.ts";
export {
  awsService,
  internet,
  loadBalancersOf,
  replicatorsOf,
  type Store,
  scrapersOf,
  storesOf,
} from "./services.ts";
