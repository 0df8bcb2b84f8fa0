import { NextResponse, type NextRequest } from 'next/server';
import { apiAddress } from './apollo/api-address';
import { PATH_HEADER } from './apollo/path-header';

const pages = /^\/(s|studies|settings|explorer)(\/|$)/;

/**
 * One origin for the browser: what is not a page is answered by the API, WebSocket upgrades included.
 * Not `rewrites` in next.config.ts: those are written into the build, and the API's address is known
 * only when the server starts. Uploads are not here but in route handlers: Next keeps the body of
 * whatever passes a proxy in memory and cuts it at 10 MB.
 */
export function proxy(request: NextRequest) {
  const { pathname, search } = request.nextUrl;
  if (!pages.test(pathname)) return NextResponse.rewrite(new URL(pathname + search, apiAddress()));
  // A page does not know its own address; without it, signing in could not lead back there.
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, pathname + search);
  return NextResponse.next({ request: { headers } });
}

export const config = {
  matcher: [
    '/graphql',
    '/api/auth/:path*',
    '/images/:path*',
    '/masks/:path*',
    '/exports/:path*',
    '/reports/:path*',
    '/s/:path*',
    '/studies',
    '/settings/:path*',
    '/explorer',
  ],
};
