/** Version of this library; stored beside every number it computed. Equal to package.json's. */
export const metricsVersion = '0.2.0';
