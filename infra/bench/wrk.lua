-- The closed loop of orders, set up by Driver.ts through the environment; prints what it measured as one line of JSON.
local path, body = os.getenv("BENCH_POST"), os.getenv("BENCH_BODY")
local fresh = path:find("{uuid}", 1, true) ~= nil
local fixed

local function uuid()
  return (("xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx"):gsub("x", function() return ("%x"):format(math.random(0, 15)) end))
end

function init()
  math.randomseed(tonumber(os.getenv("BENCH_SEED")))
  wrk.method, wrk.body = "POST", body
  wrk.headers["Content-Type"] = "application/json"
  if not fresh then fixed = wrk.format("POST", path) end
end

function request()
  return fixed or wrk.format("POST", (path:gsub("{uuid}", uuid())))
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"seconds":%f,"refused":%d,"broken":%d,"p50":%f,"p99":%f,"max":%f}\n',
    summary.requests, summary.duration / 1e6, e.status, e.connect + e.read + e.write + e.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000))
end
