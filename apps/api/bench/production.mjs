// Imported before anything else: GraphQL checks its own objects at every field unless it is told that this is
// how the product runs (tools/system.mjs tells its processes so).
process.env.NODE_ENV = 'production';
