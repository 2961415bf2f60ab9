// node chart-program.js: a ChartTask on standard input, ChartTimes on standard output.
import { text } from 'node:stream/consumers'
import { runChart } from './chart-client.ts'

process.stdout.write(JSON.stringify(await runChart(JSON.parse(await text(process.stdin)))))
