-- How wrk tells what came of it: one line of JSON at the end.
function done(summary, latency, requests)
   local e = summary.errors
   io.write(string.format(
      '\n{"requests": %d, "bad": %d, "seconds": %f, "p50_ms": %f, "p99_ms": %f}\n',
      summary.requests, e.connect + e.read + e.write + e.timeout + e.status,
      summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
