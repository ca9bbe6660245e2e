import { answerRequests } from "./answer-requests.ts";
import { isPeakStyle, PEAK_STYLES } from "./styles.ts";

// The entry of the process of one style.
const style = process.argv[2];
if (!isPeakStyle(style)) throw new Error(`[harness] ${style} is no style of peak. Use mnb peak.`);
await answerRequests(() => PEAK_STYLES[style].kernels());
