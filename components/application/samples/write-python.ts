import { exampleAgentId, type WriteSamples } from '@/components/application/samples/sample'

/** Writes Python 3 without packages; the token comes from the environment. */
export const writePython: WriteSamples = ({ publicUrl, robotId, agentId }) => {
  const robot = robotId ? `"/robots/${robotId}` : "f\"/robots/{os.environ['ROBOT']}"
  return {
    prepare: `import json, os
from urllib.error import HTTPError
from urllib.request import Request, urlopen

base = "${publicUrl}"
token = os.environ["TOKEN"]

def call(request):
    try:
        return json.load(urlopen(request))
    except HTTPError as refused:
        return json.load(refused)

def post(path, **fields):
    body = json.dumps({"token": token, **fields}).encode()
    return call(Request(base + path, body, {"Content-Type": "application/json"}))`,
    createRobot: `print(post("/robots", username="weimi1001"))`,
    login: `print(post(${robot}/login", agent_id="${agentId ?? exampleAgentId}"))`,
    syncRooms: `print(post(${robot}/rooms/sync"))`,
    listRooms: `print(call(base + ${robot}/rooms?token=" + token))`,
    sendMessage: `print(post(${robot}/message", to_user=os.environ["ROOM"], msg_type="text", content="你好"))`,
  }
}
