// Shares that are no parts of a whole, drawn as the rows of bars.js.
export { draw } from "./bars.js";
