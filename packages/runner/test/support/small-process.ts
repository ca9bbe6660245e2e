import { peakRssBytes } from "../../src/node/peak-rss.ts";

process.stdout.write(String(peakRssBytes()));
