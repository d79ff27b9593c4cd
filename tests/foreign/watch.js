// Watches one incident as a foreign program would: watch.js URL TOKEN INCIDENT UNTIL DROPS
// Prints every version it is told, in the order it is told; drops its connection DROPS times in between.
const { HubConnectionBuilder, LogLevel } = require("@microsoft/signalr");
const [url, token, incident, until, drops] = process.argv.slice(2);
const seen = [];
let dropped = 0;

function take(events) {
  for (const event of events) seen.push(event.version);
  if (seen.length > 0 && seen[seen.length - 1] >= Number(until)) finish();
}

function finish() {
  console.log(JSON.stringify({ seen, dropped }));
  process.exit(0);
}

async function connect() {
  const connection = new HubConnectionBuilder()
    .withUrl(`${url}hubs/board`, { accessTokenFactory: () => token })
    .configureLogging(LogLevel.None)
    .build();
  connection.on("IncidentChanged", ({ events }) => {
    take(events);
    if (dropped < Number(drops) && seen.length > ((dropped + 1) * Number(until)) / (Number(drops) + 1)) {
      dropped++;
      connection.connection.transport?._webSocket?.terminate?.() ?? connection.stop();
    }
  });
  connection.onclose(() => setTimeout(run, 20));
  await connection.start();
  const answer = await connection.invoke("WatchIncident", incident, seen.length > 0 ? seen[seen.length - 1] : 0);
  take(answer.events);
}

function run() {
  connect().catch(() => setTimeout(run, 100));
}

run();
