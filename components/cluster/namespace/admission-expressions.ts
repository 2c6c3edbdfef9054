/** A condition in CEL, and the message of a refused request. */
export interface Validation {
  readonly expression: string;
  readonly message: string;
}

/** What every pod must satisfy: images of known hosts, named by digest, and no container as root. */
export function validations(imageHosts: readonly string[]): Validation[] {
  const allowed = imageHosts.map((host) => `"${host}/"`).join(", ");
  return [
    {
      expression: everyContainer(`[${allowed}].exists(host, c.image.startsWith(host))`),
      message: `images come from ${imageHosts.join(" or ")}`,
    },
    {
      expression: everyContainer('c.image.matches("@sha256:[0-9a-f]{64}$")'),
      message: "images are named by digest: a tag may be another image tomorrow",
    },
    {
      expression: `${isTrue("object.spec", "runAsNonRoot")} && ${everyContainer(`!(${has("c", "runAsNonRoot")}) || c.securityContext.runAsNonRoot`)}`,
      message: "pods set securityContext.runAsNonRoot, and no container takes it back",
    },
  ];
}

/** A condition on `c` for the containers of every kind. Only the first kind is present in every pod. */
function everyContainer(condition: string): string {
  return ["containers", "initContainers", "ephemeralContainers"]
    .map((kind) => `(!has(object.spec.${kind}) || object.spec.${kind}.all(c, ${condition}))`)
    .join(" && ");
}

function has(of: string, key: string): string {
  return `has(${of}.securityContext) && has(${of}.securityContext.${key})`;
}

function isTrue(of: string, key: string): string {
  return `${has(of, key)} && ${of}.securityContext.${key}`;
}
