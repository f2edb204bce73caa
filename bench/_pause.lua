-- A person reads between two questions: each connection waits up to a tenth of a second.
function delay()
   return math.random(0, 100)
end
