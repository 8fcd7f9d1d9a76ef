package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
)

// Healthy asks the process that listens at an address, host:port as it is set for listening, whether it lives. The error
// says what came instead.
func Healthy(ctx context.Context, listen string) error {
	address, err := reachable(listen)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/healthz", nil)
	if err != nil {
		return err
	}
	transport := &http.Transport{DisableKeepAlives: true} // no Proxy: it is this machine that is asked
	reply, err := transport.RoundTrip(request)
	if err != nil {
		return err
	}
	defer reply.Body.Close()
	body, err := io.ReadAll(io.LimitReader(reply.Body, bodyBytes))
	if err != nil {
		return err
	}
	if reply.StatusCode != http.StatusOK || string(body) != "ok\n" {
		return fmt.Errorf("something else than amur answers at %s: %s", address, reply.Status)
	}
	return nil
}

// reachable returns where to ask a listener: one on all interfaces is asked on the loopback one.
func reachable(listen string) (string, error) {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return "", err
	}
	if port == "0" {
		return "", errors.New("port 0 is another one at each start: set a port")
	}
	ip, err := netip.ParseAddr(host)
	switch {
	case host == "":
		host = "localhost"
	case err == nil && ip.IsUnspecified() && ip.Is6():
		host = "::1"
	case err == nil && ip.IsUnspecified():
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port), nil
}
