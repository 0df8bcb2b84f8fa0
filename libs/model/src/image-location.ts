interface Embedded {
  exif?: Buffer;
  xmp?: Buffer;
  iptc?: Buffer;
}

/** Whether a picture's metadata tell where it was taken. */
export function holdsLocation({ exif, xmp, iptc }: Embedded): boolean {
  return Boolean(
    (exif && exifHasGps(exif)) ||
    (xmp && /GPSL(?:atitude|ongitude)|photoshop:City|Iptc4xmpCore:Location/.test(xmp.toString())) ||
    (iptc && iptcPlaces.some((dataSet) => iptc.includes(dataSet))),
  );
}

// IPTC-IIM 4.2, record 2: city, sublocation, province, country code, country.
const iptcPlaces = [90, 92, 95, 100, 101].map((dataSet) => Buffer.from([0x1c, 2, dataSet]));

// EXIF 2.32: the tag of the GPS directory, and in it latitude and longitude.
const GPS_DIRECTORY = 0x8825;
const [GPS_LATITUDE, GPS_LONGITUDE] = [0x0002, 0x0004];

function exifHasGps(exif: Buffer): boolean {
  const tiff = exif.toString('latin1', 0, 4) === 'Exif' ? exif.subarray(6) : exif;
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const u16 = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const u32 = (at: number) => (isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const entries = (directory: number) => {
    const found = new Map<number, number>();
    if (directory + 2 > tiff.length) return found;
    for (let i = 0; i < u16(directory); i += 1) {
      const at = directory + 2 + i * 12;
      if (at + 12 > tiff.length) break;
      found.set(u16(at), u32(at + 8));
    }
    return found;
  };
  if (tiff.length < 8) return false;
  const gps = entries(u32(4)).get(GPS_DIRECTORY);
  if (gps === undefined) return false;
  const places = entries(gps);
  return places.has(GPS_LATITUDE) || places.has(GPS_LONGITUDE);
}
