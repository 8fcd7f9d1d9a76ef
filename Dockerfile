# The image holds one static binary, certificate authorities and licences; no shell, no package manager. To pin the bases to what you have
# tried: docker build --build-arg GO=golang:1.26.8-trixie@sha256:… --build-arg BASE=gcr.io/distroless/static-debian13:nonroot@sha256:… .
ARG GO=golang:1.26.8-trixie
ARG BASE=gcr.io/distroless/static-debian13:nonroot

FROM --platform=$BUILDPLATFORM ${GO} AS build
ARG TARGETOS
ARG TARGETARCH
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ENV CGO_ENABLED=0
RUN GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -ldflags="-s -w" -o /out/amur . && mkdir /out/data

FROM ${BASE}
COPY --from=build /out/amur /amur
COPY --from=build --chown=65532:65532 /out/data /data
COPY LICENSE NOTICE /licenses/
COPY LICENSES /licenses/LICENSES
# All that is written lies in /data: state, key, index. A config.yaml in it is read. The rest may be read-only.
ENV HOME=/data TMPDIR=/data AMUR_STORE_PATH=/data/amur.db AMUR_CACHE_DIR=/data/cache
WORKDIR /data
USER 65532:65532
VOLUME /data
EXPOSE 9464
# Alive is whether the process answers; that Discord is away is no reason to start it anew.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["/amur", "healthcheck"]
# SIGTERM drains: answers under way have 25 s. SIGHUP reads documents and settings again.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/amur"]
CMD ["serve"]
