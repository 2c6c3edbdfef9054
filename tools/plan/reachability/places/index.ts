export { callersOf, controlPlaneOf, nodeAddresses, nodesOf, operatorsOf, publicApi } from "./nodes.ts";
export { addonPods, chartPods, type PodPlace, podsOf } from "./pods.ts";
export { awsService, internet, loadBalancersOf, scrapersOf, storesOf } from "./services.ts";
