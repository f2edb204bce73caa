/** A locked phone keeps nothing of whoever used it; his punches wait, marked as his. */
import { forget } from "./parts/store.js";

forget().catch(() => undefined);
