module amur

go 1.26.0

require (
	github.com/bwmarrin/discordgo v0.0.0
	github.com/philippgille/chromem-go v0.0.0
	github.com/prometheus/client_golang v0.0.0
	github.com/sashabaranov/go-openai v0.0.0
	github.com/spf13/cobra v0.0.0
	github.com/stretchr/testify v0.0.0
	modernc.org/sqlite v0.0.0
)

replace (
	github.com/bwmarrin/discordgo => ./stub/discordgo
	github.com/philippgille/chromem-go => ./stub/chromem-go
	github.com/prometheus/client_golang => ./stub/client_golang
	github.com/sashabaranov/go-openai => ./stub/go-openai
	github.com/spf13/cobra => ./stub/cobra
	github.com/stretchr/testify => ./stub/testify
	modernc.org/sqlite => ./stub/sqlite
)
