export { createRedis, type RedisClient } from "./redis.ts";
