-- What wrk sends: the workers of a file in turn, each asks for his payslips.
-- Argument: FILE (a token in each line).
local tokens, turn = {}, 0

function init(args)
   for line in io.lines(args[1]) do
      tokens[#tokens + 1] = { ["Authorization"] = "Bearer " .. line }
   end
end

function request()
   turn = turn + 1
   return wrk.format("GET", "/api/v1/me/payslips", tokens[turn % #tokens + 1])
end
