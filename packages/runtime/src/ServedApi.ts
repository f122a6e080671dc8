import type * as HttpApi from "@effect/platform/HttpApi"

/** Any HttpApi, as the server knows it. */
export type ServedApi = (typeof HttpApi.Api.Service)["api"]
