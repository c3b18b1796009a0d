/** The half of Handlebars that renders compiled templates; the package ships no types for it. */
declare module "handlebars/runtime.js" {
  import Handlebars from "handlebars";
  export default Handlebars;
}
