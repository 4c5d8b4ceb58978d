//! How fast each client asks: a token bucket for each address, in a table of fixed size.

use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use xxhash_rust::xxh3::xxh3_64;

use super::limits::Rate;

/// Sets of the table, and clients in each: 16,384 clients are told apart. When a set is full, the
/// one heard of longest ago is forgotten, which can only be to its advantage.
const SETS: u64 = 4096;
const WAYS: usize = 4;

#[derive(Debug, Clone, Copy)]
struct Bucket {
    client: u128,
    tokens: f64,
    at: Instant,
}

/// A bucket for each client.
#[derive(Debug)]
pub(super) struct Clients {
    rate: Rate,
    sets: Vec<Mutex<[Option<Bucket>; WAYS]>>,
}

impl Clients {
    /// An empty table.
    pub(super) fn new(rate: Rate) -> Self {
        Self {
            rate,
            sets: (0..SETS).map(|_| Mutex::default()).collect(),
        }
    }

    /// Takes a token from a client's bucket; if there is none, how long until there is one.
    pub(super) fn admit(&self, address: IpAddr, now: Instant) -> Result<(), Duration> {
        let client = network(address);
        let set = xxh3_64(&client.to_le_bytes()) % SETS;
        let Some(set) = usize::try_from(set).ok().and_then(|set| self.sets.get(set)) else {
            return Ok(());
        };
        let mut ways = set.lock().unwrap_or_else(PoisonError::into_inner);
        let full = f64::from(self.rate.burst.max(1));
        let known = ways
            .iter_mut()
            .flatten()
            .find(|bucket| bucket.client == client);
        if let Some(bucket) = known {
            let passed = now.saturating_duration_since(bucket.at).as_secs_f64();
            let per_second = f64::from(self.rate.per_second.max(1));
            bucket.tokens = passed.mul_add(per_second, bucket.tokens).min(full);
            bucket.at = now;
            if bucket.tokens >= 1.0 {
                bucket.tokens -= 1.0;
                return Ok(());
            }
            return Err(Duration::from_secs_f64((1.0 - bucket.tokens) / per_second));
        }
        if let Some(way) = ways
            .iter_mut()
            .min_by_key(|way| way.map(|bucket| bucket.at))
        {
            *way = Some(Bucket {
                client,
                tokens: full - 1.0,
                at: now,
            });
        }
        Ok(())
    }
}

/// Who counts as one client: an IPv4 address, or the /64 that an IPv6 subscriber is given.
fn network(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(v4) => u128::from(v4.to_bits()),
        IpAddr::V6(v6) => v6.to_bits() >> 64 << 64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_may_burst_then_keeps_to_the_rate_and_others_are_not_touched() {
        let clients = Clients::new(Rate {
            per_second: 10,
            burst: 5,
        });
        let (one, other) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        let start = Instant::now();
        for _ in 0..5 {
            assert!(clients.admit(one, start).is_ok());
        }
        let wait = clients.admit(one, start).unwrap_err();
        assert!(
            wait > Duration::ZERO && wait <= Duration::from_millis(100),
            "{wait:?}"
        );
        assert!(clients.admit(other, start).is_ok());
        assert!(
            clients
                .admit(one, start + Duration::from_millis(101))
                .is_ok()
        );
        assert!(
            clients
                .admit(one, start + Duration::from_millis(102))
                .is_err()
        );
    }

    #[test]
    fn a_subscriber_s_ipv6_addresses_are_one_client_and_the_table_stays_bounded() {
        let clients = Clients::new(Rate {
            per_second: 1,
            burst: 1,
        });
        let now = Instant::now();
        assert!(
            clients
                .admit("2001:db8:1:2::1".parse().unwrap(), now)
                .is_ok()
        );
        assert!(
            clients
                .admit("2001:db8:1:2::ffff".parse().unwrap(), now)
                .is_err()
        );
        assert!(
            clients
                .admit("2001:db8:1:3::1".parse().unwrap(), now)
                .is_ok()
        );
        assert!(clients.admit("192.0.2.1".parse().unwrap(), now).is_ok());
        assert!(
            clients
                .admit("::ffff:192.0.2.1".parse().unwrap(), now)
                .is_err(),
            "the same"
        );
        for n in 0..100_000_u32 {
            let _ = clients.admit(IpAddr::V4(n.into()), now);
        }
        let held: usize = clients
            .sets
            .iter()
            .map(|set| set.lock().unwrap().iter().flatten().count())
            .sum();
        assert!(held <= 16_384, "{held}");
    }
}
