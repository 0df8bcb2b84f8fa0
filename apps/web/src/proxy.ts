import { NextResponse, type NextRequest } from 'next/server';
import { apiAddress } from './apollo/api-address';
import { PATH_HEADER } from './apollo/path-header';

/**
 * Subscriptions go to the API by their own socket, the one thing that a route handler cannot forward; all
 * other requests for the API have one. Not `rewrites` in next.config.ts: those are written into the build,
 * and the API's address is known only when the server starts.
 */
export function proxy(request: NextRequest) {
  const { pathname, search } = request.nextUrl;
  if (pathname === '/graphql')
    return NextResponse.rewrite(new URL(pathname + search, apiAddress()));
  // A page does not know its own address; without it, signing in could not lead back there.
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, pathname + search);
  return NextResponse.next({ request: { headers } });
}

export const config = {
  matcher: [
    { source: '/graphql', has: [{ type: 'header', key: 'upgrade' }] },
    '/s/:path*',
    '/studies',
    '/settings/:path*',
    '/explorer',
  ],
};
