import type { DatabaseAuth, DatabaseConfig } from "../config/index.ts";
import { ServiceError, unreachable } from "../errors/index.ts";

/** A rotation keeps open connections alive but makes the old password invalid for new ones, so the cache is short. */
const secretCacheMs = 30_000;

/** Function that returns the password for a new connection; undefined when none is needed. */
export function passwordSource(config: DatabaseConfig, host: string): (() => Promise<string>) | undefined {
  const { auth } = config;
  switch (auth.kind) {
    case "none":
      return undefined;
    case "iam":
      return tokenSource(config, auth.region, host);
    case "secret":
      return secretSource(auth);
    default:
      return unreachable(auth);
  }
}

function tokenSource(config: DatabaseConfig, region: string, host: string): () => Promise<string> {
  // Imported only where it is used, as is the client of Secrets Manager below.
  const signer = import("@aws-sdk/rds-signer").then(
    ({ Signer }) => new Signer({ region, hostname: host, port: config.port, username: config.user }),
  );
  signer.catch(() => undefined); // the caller of the function below gets the error
  return async () => (await signer).getAuthToken();
}

function secretSource(auth: Extract<DatabaseAuth, { kind: "secret" }>): () => Promise<string> {
  let cached: { readonly until: number; readonly password: Promise<string> } | undefined;
  return () => {
    const now = performance.now();
    if (cached === undefined || cached.until <= now) {
      const password = readSecret(auth);
      cached = { until: now + secretCacheMs, password };
      password.catch(() => {
        cached = undefined;
      });
    }
    return cached.password;
  };
}

async function readSecret({ region, secretArn }: { region: string; secretArn: string }): Promise<string> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
  const client = new SecretsManagerClient({ region });
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    const secret: unknown = JSON.parse(SecretString ?? "null");
    if (typeof secret === "object" && secret !== null && "password" in secret) {
      if (typeof secret.password === "string") return secret.password;
    }
  } catch (cause) {
    throw new ServiceError("database-secret", "the secret of the database cannot be read", {
      retryable: true,
      cause,
    });
  } finally {
    client.destroy();
  }
  throw new ServiceError("database-secret", 'the secret of the database has no text "password"');
}
