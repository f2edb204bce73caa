-- What wrk sends: the workers of a file in turn, each punch with an id of its own.
-- Arguments: FILE (token, project, longitude, latitude in each line), RUN (eight hex digits),
-- FIRST (how many of the workers are passed over at the beginning).
local members, turn, run, taken_at = {}, 0, "", ""

function init(args)
   run = args[2]
   taken_at = os.date("!%Y-%m-%dT%H:%M:%SZ")
   math.randomseed(tonumber(run, 16) % 2147483647)
   turn = tonumber(args[3])
   for line in io.lines(args[1]) do
      local token, project, lon, lat = line:match("(%S+) (%S+) (%S+) (%S+)")
      members[#members + 1] = {
         headers = {
            ["Authorization"] = "Bearer " .. token,
            ["Content-Type"] = "application/json",
         },
         rest = string.format(
            '","project_id":"%s","direction":"in","method":"fence","device_id":"phone-%d",' ..
            '"position":{"lon":%s,"lat":%s,"datum":"wgs84","accuracy_m":18,"taken_at":"%s"}}',
            project, #members, lon, lat, taken_at),
      }
   end
end

function request()
   turn = turn + 1
   local member = members[turn % #members + 1]
   local id = string.format("%s-%04x-4%03x-8%03x-%012x", run, math.random(0, 65535),
      math.random(0, 4095), math.random(0, 4095), turn)
   return wrk.format("POST", "/api/v1/punches", member.headers, '{"client_id":"' .. id .. member.rest)
end
