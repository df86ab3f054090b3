import { constants, type ZstdOptions } from 'node:zlib'
import type { FastifyCompressOptions } from '@fastify/compress'

const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 3, [constants.BROTLI_PARAM_LGWIN]: 18 } }

/** Also for gzip, which knows no `params`. */
const ZSTD: ZstdOptions = {
  params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_windowLog]: 18 },
}

/**
 * How answers are compressed. Each one that its client reads slowly keeps the state of its compression in memory: with the usual
 * windows of zstd and br 4 to 13 MB, with these 1 to 3 MB. Messages become a few percent larger, for half of the processor time.
 */
export const COMPRESSION: FastifyCompressOptions = {
  globalDecompression: false,
  encodings: ['zstd', 'br', 'gzip'],
  brotliOptions: BROTLI,
  zlibOptions: ZSTD,
}
