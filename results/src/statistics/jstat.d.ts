/** The part of jStat that is used; it brings no types. */
declare module "jstat" {
  interface JStat {
    readonly studentt: { inv(probability: number, degreesOfFreedom: number): number };
    readonly beta: { inv(probability: number, alpha: number, beta: number): number };
  }
  const jStat: JStat;
  export default jStat;
}
