-- An app of apps waits, wave by wave, for the health of its Applications; Argo CD itself does not look at it.
local health = obj.status and obj.status.health
if not health then
  return { status = "Progressing", message = "not looked at yet" }
end
return { status = health.status, message = health.message or "" }
