-- An app of apps waits, wave by wave, for the health of its Applications, which Argo CD does not look at by itself. An
-- Application that has nothing in the cluster yet would count as healthy: so its sync has to be over as well.
local status = obj.status or {}
local operation = status.operationState or {}
if operation.phase == "Running" then
  return { status = "Progressing", message = "its sync runs" }
end
if operation.phase == "Failed" or operation.phase == "Error" then
  return { status = "Degraded", message = operation.message or "its sync failed" }
end
if not status.sync or status.sync.status ~= "Synced" then
  return { status = "Progressing", message = "not synced yet" }
end
if not status.health then
  return { status = "Progressing", message = "not looked at yet" }
end
return { status = status.health.status, message = status.health.message or "" }
