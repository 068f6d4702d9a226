//! Hosts that a site can be made for: what each reads its settings from.

/// Who sends the site's files to readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are called by their names")]
pub enum Host {
    GithubPages,
    Netlify,
    CloudflarePages,
    Vercel,
    Nginx,
    Caddy,
    Apache,
    S3,
}

/// Every host by the name it has in `site.yaml`.
pub const HOSTS: &[(&str, Host)] = &[
    ("github-pages", Host::GithubPages),
    ("netlify", Host::Netlify),
    ("cloudflare-pages", Host::CloudflarePages),
    ("vercel", Host::Vercel),
    ("nginx", Host::Nginx),
    ("caddy", Host::Caddy),
    ("apache", Host::Apache),
    ("s3", Host::S3),
];

impl Host {
    /// Its name in `site.yaml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        HOSTS.iter().find(|(_, host)| *host == self).map_or("", |(name, _)| name)
    }

    /// The files of the site's folder that it reads; none for hosts that are told elsewhere.
    #[must_use]
    pub fn files(self) -> &'static [&'static str] {
        match self {
            Self::GithubPages => &[".nojekyll"],
            Self::Netlify | Self::CloudflarePages => &["_headers", "_redirects"],
            Self::Vercel => &["vercel.json", ".vercelignore"],
            Self::Apache => &[".htaccess"],
            Self::Nginx | Self::Caddy | Self::S3 => &[],
        }
    }

    /// Whether it sends `x.html.br` or `x.html.gz` in place of `x.html` to readers who take that. The others compress by themselves, or not at all.
    #[must_use]
    pub fn sends_compressed(self) -> bool {
        matches!(self, Self::Nginx | Self::Caddy | Self::Apache)
    }
}
