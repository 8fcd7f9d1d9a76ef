module amur

go 1.26
